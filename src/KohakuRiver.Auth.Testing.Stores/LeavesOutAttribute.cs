namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>
/// Declares that some cases do not apply to a <see cref="StoreSuite"/>, so that they are not listed. This is checked:
/// a case fails when the set offers what is left out here.
/// </summary>
/// <param name="cases">The cases to leave out.</param>
/// <param name="because">The reason, for readers of the class.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class LeavesOutAttribute(OptionalCases cases, string because) : Attribute
{
    /// <summary>The cases that are not listed.</summary>
    public OptionalCases Cases => cases;

    /// <summary>The reason.</summary>
    public string Because => because;
}
