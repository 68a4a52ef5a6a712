namespace KohakuRiver.Auth;

/// <summary>An attribute of a measurement or an activity.</summary>
/// <param name="Name">The name, in the library's own namespace unless OpenTelemetry defines one.</param>
/// <param name="Values">All possible values; empty where they cannot be listed, which never happens for measurements.</param>
/// <param name="Meaning">A description, where the values cannot be listed.</param>
internal record AttributeInfo(string Name, IReadOnlyList<string> Values, string Meaning = "")
{
    /// <summary>An attribute of an activity, with any value.</summary>
    internal static AttributeInfo Any(string name, string meaning) => new(name, [], meaning);
}
