namespace KohakuRiver.Auth;

/// <summary>Names of fields that are parameters of a call and not properties of a command.</summary>
internal static class Fields
{
    internal const string Code = nameof(Code);
    internal const string CurrentPassword = nameof(CurrentPassword);
    internal const string GroupIds = nameof(GroupIds);
    internal const string NewPassword = nameof(NewPassword);
    internal const string Password = nameof(Password);
    internal const string Reason = nameof(Reason);
    internal const string Role = nameof(Role);
    internal const string UserIds = nameof(UserIds);
    internal const string Username = nameof(Username);
}
