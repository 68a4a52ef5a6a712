namespace KohakuRiver.Auth;

/// <summary>An attribute of a measurement or an activity.</summary>
/// <param name="Name">In the library's own namespace, unless OpenTelemetry has one for it.</param>
/// <param name="Values">All values there are; empty where they cannot be listed, which measurements never have.</param>
/// <param name="Meaning">For what cannot be listed.</param>
internal record AttributeInfo(string Name, IReadOnlyList<string> Values, string Meaning = "")
{
    /// <summary>An attribute of an activity, with any value.</summary>
    internal static AttributeInfo Any(string name, string meaning) => new(name, [], meaning);
}
