namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Request bodies, one to an operation that reads one.</summary>
internal static class RequestExamples
{
    private const string Password = "four blue lamps over a lake";
    private const string NewPassword = "nine odd umbrellas by a door";

    private static readonly Dictionary<string, long> Limits = new(StringComparer.Ordinal) { ["max_cores"] = 64 };

    internal static object? Find(string operationId) => operationId switch
    {
        "logIn" => new LoginRequest("mary", Password),
        "updateMe" => new UpdateMeRequest("Ada L."),
        "changePassword" => new ChangePasswordRequest(Password, NewPassword),
        "resetPassword" => new ResetRequest("krr_the-code-of-the-link", NewPassword),
        "register" => new RegisterRequest("jane", NewPassword, "Jane", "kri_the-code-of-the-invitation", null, null, null),
        "createUser" => new CreateUserRequest("jane", NewPassword, Role.User, "Jane", [1]),
        "updateUser" => new UpdateUserRequest("Mary J.", Role.Operator, null, null, [1], null),
        "setUserRole" => new SetRoleRequest(Role.Operator),
        "setUserPassword" => new SetPasswordRequest(NewPassword),
        "createToken" or "createTokenAtCreate" => new CreateTokenRequest("night run", null, 720),
        "createInvitation" or "createInvitationAtCreate" => new CreateInvitationRequest(Role.User, 1, 5, 72),
        "createGroup" => new CreateGroupRequest("students", "Everybody of this term", 1, Limits),
        "updateGroup" => new UpdateGroupRequest(null, "The lab's own people", 2, null, Limits, null),
        "rejectTask" => new RejectRequest("Please ask for fewer cores."),
        "assignVps" => new AssignVpsRequest([ApiExamples.UserId], [1]),
        "updateSettings" => new UpdateSettingsRequest(12, 4, null, [Role.User, Role.Operator], null),
        _ => null,
    };
}
