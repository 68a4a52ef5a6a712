namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Descriptions of fields that several bodies ask for alike.</summary>
internal static class UserTexts
{
    internal const string Role = "The role. A user of the role anony may log in and has no permission.";
    internal const string NewRole = "The new role. A user of the role anony may log in and has no permission.";
    internal const string Username = "The login name: 3 to 50 letters, digits, dots, underscores and hyphens. Case does not matter.";
    internal const string DisplayName = "The name shown to people: 1 to 100 characters.";
    internal const string Password = "The password: at least password_minimum_length and at most 256 characters, no commonly used one.";
    internal const string MustChange = "Whether the user has to choose another password at the next login, before anything else.";
    internal const string NewPassword =
        "The new password: at least password_minimum_length and at most 256 characters, no commonly used one.";
}
