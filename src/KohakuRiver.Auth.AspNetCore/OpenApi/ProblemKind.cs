namespace KohakuRiver.Auth.AspNetCore;

/// <summary>One kind of problem document.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Name">The name of the response in the OpenAPI document.</param>
/// <param name="When">When it is answered.</param>
internal sealed record ProblemKind(int Status, string Name, string When)
{
    /// <summary>The sentence of the example.</summary>
    internal required string Detail { get; init; }

    /// <summary>The field the example's fault lies in.</summary>
    internal string? Field { get; init; }

    /// <summary>The trace id of the example.</summary>
    internal string? TraceId { get; init; }

    /// <summary>The header that comes with it.</summary>
    internal string? Header { get; init; }
}
