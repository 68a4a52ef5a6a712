namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>What the cases of a class are about: the first part of their names, and their trait <c>Subject</c>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SubjectAttribute(string name) : Attribute
{
    public string Name => name;
}
