namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The examples of the calls for logging in.</summary>
internal static class LoginExamples
{
    internal static StatusResponse Status { get; } = new(true, 24, false);

    internal static LoginRequest LogIn { get; } = new("mary", UserExamples.Password);

    internal static LoginResponse LoggedIn { get; } = new(LoginEndpoints.LoggedIn, UserExamples.Mary with { IsForAdmin = false });
}
