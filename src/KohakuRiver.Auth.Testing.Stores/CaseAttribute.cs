namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>Marks a method as a case; repeated with arguments, as one case each.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class CaseAttribute(params object?[] arguments) : Attribute
{
    public IReadOnlyList<object?> Arguments => arguments;
}
