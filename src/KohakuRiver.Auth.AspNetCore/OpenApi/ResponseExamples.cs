namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Bodies of successes, one to an operation; lists with one row.</summary>
internal static class ResponseExamples
{
    private static readonly DateTimeOffset Spring = new(2026, 3, 2, 8, 30, 0, TimeSpan.Zero);
    private static readonly GroupRefResponse Lab = new(1, "lab");
    private static readonly UserResponse Ada = new(1, "ada", "Ada L.", Role.Admin, true, Spring, Spring.AddDays(2), 1, [], null);
    private static readonly UserResponse Mary = new(2, "mary", "mary", Role.User, true, Spring, Spring.AddDays(1), 1, [Lab], null);
    private static readonly UserResponse Jane = new(3, "jane", "Jane", Role.User, true, Spring, null, 0, [Lab], null);
    private static readonly Dictionary<string, long> Limits = new(StringComparer.Ordinal) { ["max_cores"] = 64 };
    private static readonly Dictionary<string, string?> Details = new(StringComparer.Ordinal) { ["container_name"] = "python-3.13" };

    internal static object Find(string operationId) => operationId switch
    {
        "getStatus" => new StatusResponse(true, 24, false),
        "logIn" => new LoginResponse("Logged in.", Mary),
        "register" => new LoginResponse("Welcome.", Jane),
        "getMe" or "updateMe" => Ada,
        "listMySessions" or "listUserSessions" =>
            new object[]
            {
                new SessionResponse(
                    1, Spring, Spring.AddHours(1), Spring.AddDays(1), "192.0.2.7", "Mozilla/5.0", operationId == "listMySessions"),
            },
        "listUsers" or "listGroupMembers" => new object[] { Mary },
        "createUser" => Jane,
        "getUser" => Mary,
        "updateUser" => Mary with { DisplayName = "Mary J.", Role = Role.Operator },
        "setUserRole" => Mary with { Role = Role.Operator },
        "createResetLink" => new ResetLinkResponse(
            "krr_the-code-of-the-link", "https://cluster.example.org/admin/reset?code=krr_the-code-of-the-link", Spring.AddDays(1)),
        "listTokens" =>
            new object[] { new TokenResponse(2, "first", "krt_4fT9", new UserRefResponse(1, "ada"), null, Spring, Spring.AddDays(30)) },
        "createToken" or "createTokenAtCreate" => new CreatedTokenResponse(
            3, "night run", "krt_the-token-itself", Spring, Spring.AddDays(30)),
        "listInvitations" => new object[] { Invitation(null, null) },
        "createInvitation" or "createInvitationAtCreate" =>
            Invitation("kri_the-code-of-the-invitation", "https://cluster.example.org/admin/register?token=kri_the-code-of-the-invitation"),
        "listGroups" => new object[] { Group("lab", "The lab's own people", 2) },
        "createGroup" => Group("students", "Everybody of this term", 1) with { Id = 2, MemberCount = 0 },
        "getGroup" or "updateGroup" => Group("lab", "The lab's own people", 2),
        "listPendingTasks" => new object[] { Pending },
        "countPendingTasks" => new CountResponse(1),
        "approveTask" => new TaskMessageResponse("Task approved.", ApiExamples.TaskId),
        "rejectTask" => new RejectResponse("Task rejected.", ApiExamples.TaskId, "Please ask for fewer cores."),
        "withdrawTask" => new TaskMessageResponse("Task withdrawn.", ApiExamples.TaskId),
        "listApprovals" => new object[] { Rejected },
        "assignVps" => new AssignVpsResponse("VPS assigned.", ApiExamples.VpsId, [ApiExamples.UserId], [1]),
        "listVpsAssignments" => new VpsAssignmentsResponse(
            ApiExamples.VpsId, [new VpsUserResponse(2, "mary", "mary", Spring)], [new VpsGroupResponse(1, "lab", Spring)]),
        "listMyVps" => new[] { ApiExamples.VpsId },
        "getSettings" => Settings,
        "updateSettings" =>
            Settings with { SessionLifetimeHours = 12, SessionIdleHours = 4, ApprovalRequiredRoles = [Role.User, Role.Operator] },
        "listAudit" => new object[]
        {
            new AuditResponse(
                41, Spring, 1, "ada", "session:1", "192.0.2.7", "user.update", "user", "2", "mary", "success", "role: user → operator",
                new Guid("0195576c-6f2f-7a3e-8f2d-1b5a4c3d2e1f")),
        },
        _ => new MessageResponse(Message(operationId)),
    };

    private static string Message(string operationId) => operationId switch
    {
        "logOut" => "Logged out.",
        "changePassword" => "Password changed; your other sessions have ended.",
        "resetPassword" => "Password set. Log in with it.",
        "endMySession" => "Session ended.",
        "setUserPassword" => "Password set; the user's sessions and tokens have ended.",
        "unlockUser" => "Unlocked.",
        "deleteUser" => "User mary deleted.",
        "endUserSessions" => "1 sessions ended.",
        "revokeToken" => "Token revoked.",
        "revokeInvitation" => "Invitation revoked.",
        "deleteGroup" => "Group deleted.",
        "addGroupMember" => "Member added.",
        "removeGroupMember" => "Member removed.",
        "unassignVpsFromUser" or "unassignVpsFromGroup" => "Assignment removed.",
        _ => throw new ArgumentOutOfRangeException(
            nameof(operationId), operationId, "This operation has no example of its answer: add it."),
    };

    private static InvitationResponse Invitation(string? code, string? url) =>
        new(1, code, "kri_9bQz", Role.User, 1, 5, 0, 5, Spring.AddDays(3), true, 1, Spring, url);

    private static GroupResponse Group(string name, string description, int tier) => new(1, name, description, tier, Limits, 1, Spring);

    private static PendingTaskResponse Pending => new(
        ApiExamples.TaskId, "command", "python3", ["train.py", "--epochs", "20"], 4, 8_589_934_592, [0], null, 2, "mary",
        "pending_approval", Spring, Details);

    private static ApprovalResponse Rejected => new(
        ApiExamples.TaskId, "command", "python3", ["train.py", "--epochs", "20"], 4, 8_589_934_592, [0], null, 2, "mary", "rejected", Spring, Details,
        "ada", Spring.AddMinutes(9), "Please ask for fewer cores.", Spring.AddMinutes(9));

    private static SettingsResponse Settings => new(24, 8, 72, [Role.User], RegistrationMode.Closed, true, false, true, 15, 50, 20, 1000);
}
