using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>What a request says about its client.</summary>
internal static class ClientDetails
{
    internal static ClientInfo Request(HttpContext http) => new(
        RequestView.Of(http).Address,
        UserAgents.Clean(http.Request.Headers.UserAgent),
        SessionCookie.ReadOwn(http));
}
