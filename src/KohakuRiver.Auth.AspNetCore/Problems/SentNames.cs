namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Faults of fields and parameters under the names a client sent, which are told back letter by letter.</summary>
internal sealed class SentNames : Dictionary<string, string[]>
{
    internal SentNames()
        : base(StringComparer.Ordinal)
    {
    }

    internal SentNames(IReadOnlyDictionary<string, string[]> errors)
        : base(errors, StringComparer.Ordinal)
    {
    }
}
