using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Answers a request that does not reach its endpoint.</summary>
internal static class RefusalWriter
{
    internal static Task WriteAsync(HttpContext context, Refusal refusal)
    {
        if (context.Response.HasStarted)
        {
            return Task.CompletedTask;
        }

        return context.GetEndpoint()?.Metadata.GetMetadata<IRefusalPage>() is { } page
            ? page.WriteAsync(context, refusal)
            : Problems.From(refusal).ExecuteAsync(context);
    }
}
