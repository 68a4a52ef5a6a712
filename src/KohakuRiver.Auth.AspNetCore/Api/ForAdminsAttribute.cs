namespace KohakuRiver.Auth.AspNetCore;

/// <summary>A field that only admins are given. In the answers to others it is not there: null would say that there is nothing.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ForAdminsAttribute : Attribute
{
    /// <summary>Whether others are given it too where it is true; whoever writes the contract decides who these are.</summary>
    public bool OrWhereTrue { get; init; }
}
