using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Refusals of the services as answers of a host's own endpoints.</summary>
public static class KohakuRefusalExtensions
{
    /// <summary>
    /// The answer that the library's own API gives for this refusal: problem details (RFC 9457) with the status of its kind, <c>detail</c>,
    /// the faulty fields in <c>errors</c> with snake_case names, and <c>Retry-After</c> where trying again helps.
    /// </summary>
    public static IResult ToHttpResult(this Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return Problems.From(refusal);
    }
}
