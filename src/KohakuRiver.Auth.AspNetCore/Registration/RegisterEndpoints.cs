using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Creating an account: by code, as the first admin, or by an admin for somebody else.</summary>
internal static class RegisterEndpoints
{
    internal const string Registered = "Welcome.";
    private const int LongestToken = 256;

    internal static void Map(RouteGroupBuilder api) =>
        api.Under("Registration", "Creating an account, including the first one.")
            .MapPost("/auth/register", RegisterAsync)
            .PublicIgnoringBadCredentials()
            .TakesJson(RegisterExamples.Register, "username", "password")
            .Asks(QueryParameter.Text("token", LongestToken, "An invitation code, the register secret or a setup code."))
            .Describe(
                "register",
                "Register",
                "With ?token= or invitation_code: an account with the invitation's role and group. With register_secret: the first admin. "
                + "An admin may send role and group_ids instead to create the user without being logged in as them.")
            .Answers(RegisterExamples.Registered, 409, 429)
            .SetsCookie("The session; absent if an admin creates a user for somebody else.");

    private static Task<IResult> RegisterAsync(
        HttpContext http, IRegistrationService registrations, IUserService users, CancellationToken cancellationToken) =>
        Replies.WithBodyAsync<RegisterRequest>(http, async body =>
        {
            var query = new StrictQuery(http);
            var token = query.Text("token", LongestToken);
            if (query.Refusal is { } fault)
            {
                return Replies.Refused(fault);
            }

            if (body.Role is not null || body.GroupIds is not null)
            {
                return await CreateForAsync(http, body, token, users, cancellationToken);
            }

            var command = new RegisterCommand
            {
                Username = body.Username,
                Password = body.Password,
                DisplayName = body.DisplayName,
                AnyCode = token,
                InvitationCode = body.InvitationCode,
                RegisterSecret = body.RegisterSecret,
                Client = ClientDetails.Request(http),
            };
            return await Replies.LoggedInAsync(http, await registrations.RegisterAsync(command, cancellationToken), Registered);
        });

    // Bad credentials are ignored here like on every public call, so a stranger with role or group_ids is simply not an admin: 403.
    private static async Task<IResult> CreateForAsync(
        HttpContext http, RegisterRequest body, string? token, IUserService users, CancellationToken cancellationToken)
    {
        if (!http.RequestServices.GetRequiredService<IOptions<KohakuAuthOptions>>().Value.Enabled)
        {
            return Replies.Refused(Refusals.AuthOff);
        }

        var actor = http.RequestServices.GetRequiredService<Actor>();
        if (!AccessRules.Decide(actor, Permissions.ManageUsers).IsAllowed)
        {
            return Replies.Refused(new Refusal(RefusalKind.Forbidden, "Only an admin may send role or group_ids."));
        }

        if (token is not null || body.InvitationCode is not null || body.RegisterSecret is not null)
        {
            return Replies.Refused(Refusal.Field(nameof(CreateUserCommand.Role), "Send a code, or role and group_ids, not both."));
        }

        var command = new CreateUserCommand
        {
            Username = body.Username,
            Password = body.Password,
            DisplayName = body.DisplayName,
            Role = body.Role,
            GroupIds = body.GroupIds,
        };
        return Replies.From(
            await users.CreateAsync(actor, command, cancellationToken),
            user => new LoginResponse("User created.", user.ToResponse(forAdmin: true)));
    }
}
