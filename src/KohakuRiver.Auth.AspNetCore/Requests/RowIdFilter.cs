using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Answers 404 where a call takes a <see cref="RowId"/> and the address has none, before anything is read or looked up.</summary>
internal static class RowIdFilter
{
    /// <summary>Guards the endpoint if its handler takes such an id; the others keep their shorter way.</summary>
    internal static void AddTo(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<MethodInfo>().Any(m => m.GetParameters().Any(p => p.ParameterType == typeof(RowId))))
        {
            endpoint.FilterFactories.Add((_, next) => call => call.Arguments.Any(a => a is RowId { IsId: false })
                ? ValueTask.FromResult<object?>(Replies.Refused(Refusals.Hidden))
                : next(call));
        }
    }
}
