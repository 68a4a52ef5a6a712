namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The people of all examples (ada is an admin, mary a user of the group lab), and the examples of the calls for users.</summary>
internal static class UserExamples
{
    internal const string Password = "four blue lamps over a lake";
    internal const string NewPassword = "nine odd umbrellas by a door";

    internal static UserResponse Ada { get; } =
        new(1, "ada", "Ada L.", "en", Role.Admin, true, ExampleTimes.Start, ExampleTimes.Start.AddDays(2), 1, [], null, false, true);

    internal static UserResponse Mary { get; } = new(
        2, "mary", "mary", null, Role.User, true, ExampleTimes.Start, ExampleTimes.Start.AddDays(1), 1, [GroupExamples.LabRef], null, false,
        true);

    /// <summary>Somebody who has just been created.</summary>
    internal static UserResponse Jane { get; } =
        new(3, "jane", "Jane", null, Role.User, true, ExampleTimes.Start, null, 0, [GroupExamples.LabRef], null, true, true);

    internal static CreateUserRequest Create { get; } =
        new("jane", NewPassword, Role.User, "Jane", [GroupExamples.LabRef.Id], MustChange: true);

    internal static UpdateUserRequest Update { get; } = new("Mary J.", Role.Operator, null, null, [GroupExamples.LabRef.Id], null, null);

    internal static UserResponse Updated { get; } = Mary with { DisplayName = "Mary J.", Role = Role.Operator };

    internal static SetRoleRequest SetRole { get; } = new(Role.Operator);

    internal static UserResponse WithRole { get; } = Mary with { Role = Role.Operator };

    internal static SetPasswordRequest SetPassword { get; } = new(NewPassword, MustChange: true);

    internal static ResetLinkResponse ResetLink { get; } = new(
        "krr_the-code-of-the-link",
        "https://cluster.example.org/admin/reset?code=krr_the-code-of-the-link",
        ExampleTimes.Start.AddDays(1));
}
