namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>Marks a method as one case for each row of arguments that a static property of its class returns.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CaseRowsAttribute(string property) : Attribute
{
    public string Property => property;
}
