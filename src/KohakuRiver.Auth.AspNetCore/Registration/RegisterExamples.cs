namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The examples of the call for registering.</summary>
internal static class RegisterExamples
{
    internal static RegisterRequest Register { get; } =
        new("jane", UserExamples.NewPassword, "Jane", InvitationExamples.Code, null, null, null);

    internal static LoginResponse Registered { get; } = new(RegisterEndpoints.Registered, UserExamples.Jane with { IsForAdmin = false });
}
