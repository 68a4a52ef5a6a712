using KohakuRiver.Auth.AspNetCore.Authentication;
using KohakuRiver.Auth.AspNetCore.Http;
using KohakuRiver.Auth.Rules;
using KohakuRiver.Auth.Services;
using KohakuRiver.Auth.Stores;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore.Authorization;

/// <summary>
/// Decides the library's requirements where the framework asks. What refused is kept for the answer.
/// </summary>
internal sealed partial class KohakuRequirementHandler(
    ActorHolder holder, CredentialReader reader, RequirementDecider decider, ILogger<KohakuRequirementHandler> logger)
    : IAuthorizationHandler
{
    /// <inheritdoc />
    public async Task HandleAsync(AuthorizationHandlerContext context)
    {
        var ours = context.PendingRequirements.OfType<KohakuRequirement>().ToArray();
        if (ours.Length == 0)
        {
            return;
        }

        if ((context.Resource as HttpContext ?? holder.Context) is not { } http)
        {
            NoRequest(logger);
            context.Fail(new AuthorizationFailureReason(this, "There is no request to decide about."));
            return;
        }

        var state = await reader.GetAsync(http);
        if (await decider.RefuseAsync(http, state, ours) is not { } refusal)
        {
            Array.ForEach(ours, context.Succeed);
            return;
        }

        state.Refusal = refusal;
        context.Fail(new AuthorizationFailureReason(this, refusal.Message));
    }

    [LoggerMessage(EventId = 2202, Level = LogLevel.Error, Message = "A KohakuRiver.Auth policy was evaluated outside a request and refused.")]
    private static partial void NoRequest(ILogger logger);
}
