using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>What all of the library's own calls share: headers, faults as problem documents, same origin, JSON or nothing.</summary>
internal static class ApiGroup
{
    /// <summary>A group under <paramref name="prefix"/> for the library's own calls.</summary>
    internal static RouteGroupBuilder MapKohakuApiGroup(this IEndpointRouteBuilder endpoints, string prefix)
    {
        var prefixes = endpoints.ServiceProvider.GetService<ApiPrefixes>()
            ?? throw new InvalidOperationException(
                "The library's calls need its services: call builder.Services.AddKohakuAuth(…).AddAspNetCore() first.");
        prefixes.Add(prefix);
        var group = endpoints.MapGroup(prefix);
        group.WithGroupName(ApiDocument.Name).WithMetadata(ApiMetadata.Instance, KohakuPolicyMetadata.Instance);
        var conventions = (IEndpointConventionBuilder)group;
        conventions.Add(RowIdFilter.AddTo);
        conventions.Finally(Wrap);
        conventions.Finally(SecretsOutOfHttpLogs.KeepOut);
        return group;
    }

    /// <summary>The call reads a JSON body of this form itself.</summary>
    internal static TBuilder WithJsonBody<TBuilder>(
        this TBuilder builder, Type contract, bool optional = false, params IReadOnlyList<string> needed)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new JsonBodyMetadata(contract, optional, needed));

    private static void Wrap(EndpointBuilder builder)
    {
        if (builder.RequestDelegate is not { } inner)
        {
            return;
        }

        var readsBody = builder.Metadata.OfType<JsonBodyMetadata>().Any();
        builder.RequestDelegate = context => RunAsync(context, inner, readsBody);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The last resort: whatever went wrong "
        + "becomes a problem document without details, and is logged.")]
    private static async Task RunAsync(HttpContext context, RequestDelegate inner, bool readsBody)
    {
        ResponseGuards.Apply(context.Response);
        OutputCaching.KeepOut(context);
        try
        {
            if (await CheckAsync(context, readsBody))
            {
                await inner(context);
            }
        }
        catch (Exception e) when (
            e is LateRefusalException || context.RequestAborted.IsCancellationRequested || context.Response.HasStarted)
        {
            // Answered where all of these are; or nobody listens any more, or half an answer is out and the server ends the connection.
            throw;
        }
        catch (Exception e)
        {
            var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("KohakuRiver.Auth.Http");
            context.Response.Clear();
            await Problems.From(context, e, logger).ExecuteAsync(context);
        }
    }

    private static async ValueTask<bool> CheckAsync(HttpContext context, bool readsBody)
    {
        var services = context.RequestServices;
        if (!services.GetRequiredService<ActorHolder>().IsReady || context.Features.Get<RequestActor>() is not { } state)
        {
            throw new InvalidOperationException("The library's calls need app.UseKohakuAuth() in the pipeline.");
        }

        services.GetRequiredService<BodyGuard>().WatchOwn(context, state);

        // Policies have checked this where there are any; the public calls have none.
        if (!services.GetRequiredService<SameOriginCheck>().Allows(context, state.Actor.Kind))
        {
            await services.GetRequiredService<RefusalAudit>().RecordAsync(context, state.ForAudit, HttpRefusals.CrossSite);
            await RefusalWriter.WriteAsync(context, HttpRefusals.CrossSite);
            return false;
        }

        if (!readsBody
            && StrictJson.HasBody(context.Request)
            && !SameOrigin.IsSafe(context.Request.Method)
            && !StrictJson.IsJson(context.Request))
        {
            await RefusalWriter.WriteAsync(context, HttpRefusals.NotJson);
            return false;
        }

        return true;
    }
}
