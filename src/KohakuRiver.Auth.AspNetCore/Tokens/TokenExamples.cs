namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The examples of the calls for tokens.</summary>
internal static class TokenExamples
{
    internal static TokenResponse Listed { get; } = new(
        2, "first", "krt_4fT9", new UserRefResponse(UserExamples.Ada.Id, UserExamples.Ada.Username), null, ExampleTimes.Start,
        ExampleTimes.Start.AddDays(30));

    internal static CreateTokenRequest Create { get; } = new("night run", null, 720);

    internal static CreatedTokenResponse Created { get; } =
        new(3, "night run", "krt_the-token-itself", ExampleTimes.Start, ExampleTimes.Start.AddDays(30));
}
