using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The user agent as it is stored with a session.</summary>
internal static class UserAgents
{
    internal const int Longest = 256;

    /// <summary>At most 256 characters without control characters; null when the request named none.</summary>
    internal static string? Clean(HttpRequest request) => Clean(request.Headers.UserAgent.ToString());

    /// <summary>At most 256 characters without control characters; null for nothing.</summary>
    internal static string? Clean(string? sent)
    {
        if (string.IsNullOrWhiteSpace(sent))
        {
            return null;
        }

        var seen = sent.Length > Longest ? sent.AsSpan(0, Longest) : sent.AsSpan();
        Span<char> clean = stackalloc char[Longest];
        var length = 0;
        foreach (var c in seen)
        {
            if (!char.IsControl(c) && !char.IsSurrogate(c) && c is not ('\u2028' or '\u2029'))
            {
                clean[length++] = c;
            }
        }

        return length == 0 ? null : clean[..length].ToString();
    }
}
