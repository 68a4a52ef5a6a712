namespace KohakuRiver.Auth.AspNetCore;

/// <summary>A field that only admins are given. In the answers to others it is not there: null would say that there is nothing.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ForAdminsAttribute : Attribute;
