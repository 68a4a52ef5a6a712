namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The examples of the calls for the caller's own account.</summary>
internal static class AccountExamples
{
    internal static UpdateMeRequest Update { get; } = new(UserExamples.Ada.DisplayName, UserExamples.Ada.Language);

    internal static ChangePasswordRequest ChangePassword { get; } = new(UserExamples.Password, UserExamples.NewPassword);

    internal static ResetRequest Reset { get; } = new(UserExamples.ResetLink.Code, UserExamples.NewPassword);

    internal static SessionResponse CurrentSession { get; } = new(
        1, ExampleTimes.Start, ExampleTimes.Start.AddHours(1), ExampleTimes.Start.AddDays(1), "192.0.2.7", "Mozilla/5.0", true);

    internal static SessionResponse OtherSession { get; } = CurrentSession with { Current = false };
}
