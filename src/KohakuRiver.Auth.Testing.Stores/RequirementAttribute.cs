namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>
/// The rows about security that a case shows, such as <c>V15.4.2</c> or <c>S6</c>; each becomes a trait <c>Requirement</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequirementAttribute(params string[] rows) : Attribute
{
    public IReadOnlyList<string> Rows => rows;
}
