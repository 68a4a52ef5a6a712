namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Faults that services and hosts find in a field of another name stand next to this one.</summary>
/// <param name="names">Their names, as properties or as the HTTP contract writes them.</param>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class FaultsOfAttribute(params string[] names) : Attribute
{
    internal IReadOnlyList<string> Names => names;
}
