namespace KohakuRiver.Auth;

/// <summary>What the host wants to know of a new VPS instance. Its name is always asked for.</summary>
public sealed record VpsOffer
{
    /// <summary>The fields asked for beside the name; a value in another one is refused.</summary>
    public VpsFields Fields { get; init; }

    /// <summary>
    /// The nodes that can be named, in the order shown; empty: any text. Only with <see cref="VpsFields.Node"/>. Naming none leaves it to
    /// the host.
    /// </summary>
    public IReadOnlyList<string> Nodes { get; init; } = [];

    /// <summary>The images that can be named, in the order shown; empty: any text. Only with <see cref="VpsFields.Image"/>.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];
}
