namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>
/// Says of a <see cref="StoreSuite"/> that it cannot be asked some cases, so that they are not listed. It is held to that:
/// a case fails when the set offers what is left out here.
/// </summary>
/// <param name="cases">Which ones.</param>
/// <param name="because">Why, for who reads the class.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class LeavesOutAttribute(OptionalCases cases, string because) : Attribute
{
    /// <summary>Which cases are not listed.</summary>
    public OptionalCases Cases => cases;

    /// <summary>Why.</summary>
    public string Because => because;
}
