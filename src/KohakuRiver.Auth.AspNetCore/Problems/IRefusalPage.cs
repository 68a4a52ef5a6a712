using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Endpoint metadata: how this endpoint tells people they are refused, in place of a problem document. For pages.</summary>
internal interface IRefusalPage
{
    /// <summary>Writes the answer, for instance a redirect to the login page.</summary>
    Task WriteAsync(HttpContext context, Refusal refusal);
}
