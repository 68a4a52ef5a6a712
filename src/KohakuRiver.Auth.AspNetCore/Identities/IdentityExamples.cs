namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The examples of the calls for identities.</summary>
internal static class IdentityExamples
{
    internal const string Provider = "scheme:Cookies";

    internal static LinkIdentityRequest Link { get; } = new(UserExamples.Password);

    internal static IdentityResponse Linked { get; } = new(
        1, Provider, "Intranet", Provider, "4711", "ada@uni.edu", ExampleTimes.Start, ExampleTimes.Start.AddHours(1));

    internal static IdentityResponse New { get; } = Linked with { Id = 2, LastLogin = null };
}
