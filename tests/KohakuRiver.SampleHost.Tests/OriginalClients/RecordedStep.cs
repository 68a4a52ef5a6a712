using System.Text.Json;

namespace KohakuRiver.SampleHost.Tests.OriginalClients;

/// <summary>
/// One call of a client of the original, written down from what was seen: what it sends, and of the answer what it reads. A name in braces
/// stands for a value kept from an earlier answer, escaped as the client does it.
/// </summary>
internal sealed record RecordedStep
{
    /// <summary>What the person does, for messages.</summary>
    public required string What { get; init; }

    /// <summary>Whose browser or terminal it is.</summary>
    public required string As { get; init; }

    /// <summary>Method and path. The braces have the names of the route's parameters.</summary>
    public required string Call { get; init; }

    public required int Status { get; init; }

    /// <summary>The body as it is sent: undefined for none, and null where the client sends that.</summary>
    public JsonElement Body { get; init; }

    /// <summary>The only cookie that a program picks from what it got; null for a browser, which sends all.</summary>
    public string? Cookie { get; init; }

    /// <summary>Whether the kept <c>bearer</c> is sent.</summary>
    public bool Bearer { get; init; }

    /// <summary>Whether the master secret is sent.</summary>
    public bool Master { get; init; }

    /// <summary>
    /// The fields that the client reads, and their types: string, integer, number, boolean, list, object, time; a question mark allows
    /// null.
    /// An empty pair of brackets is every row, of which there has to be one.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Reads { get; init; }

    /// <summary>Places and what has to be there; an answer that is text has the whole of it at the empty place.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Says { get; init; }

    /// <summary>The same, for which the client asks again and again.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Until { get; init; }

    /// <summary>What is kept of the answer, by name and place.</summary>
    public IReadOnlyDictionary<string, string>? Keep { get; init; }

    public bool IsProgram => As is "terminal" or "script";
}
