using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>What the request carries, before it is looked up. Empty text means: sent, but cannot be right.</summary>
/// <param name="Master">The master secret; null when neither header was sent.</param>
/// <param name="Cookies">The session cookies' values in the order they are tried; none when none was sent.</param>
/// <param name="Bearer">The bearer token; null when none was sent.</param>
/// <param name="IsBearerOfAnotherForm">Whether the bearer does not look like the library's, so that it may be for another scheme.</param>
internal readonly record struct SentCredentials(string? Master, StringValues Cookies, string? Bearer, bool IsBearerOfAnotherForm)
{
    // Far above any real credential; what is longer never reaches a hash function.
    private const int LongestCredential = 512;
    private const string BearerScheme = "Bearer";

    internal static SentCredentials Of(HttpContext context)
    {
        var headers = context.Request.Headers;
        var authorization = headers[HeaderNames.Authorization];
        return new(MasterOf(headers), SessionCookie.Read(context), BearerOf(authorization), IsOfAnotherForm(authorization));
    }

    /// <summary>Whether the request carries a bearer of any form, which browsers never send by themselves.</summary>
    internal static bool HasBearer(HttpRequest request) => request.Headers[HeaderNames.Authorization].Any(IsBearer);

    private static string? MasterOf(IHeaderDictionary headers)
    {
        var first = headers[KohakuAuthDefaults.MasterHeader];
        var second = headers[KohakuAuthDefaults.MasterHeaderAlias];
        return (first.Count + second.Count) switch
        {
            0 => null,
            1 => Bounded(first.Count == 1 ? first[0] : second[0]),
            _ => "",
        };
    }

    private static string? BearerOf(StringValues values)
    {
        if (values.Count > 1)
        {
            // Two identities in one request: refused as soon as one of them would be ours.
            return values.Any(IsBearer) ? "" : null;
        }

        return values.Count == 1 && IsBearer(values[0]) ? Bounded(TokenOf(values[0])) : null;
    }

    // By what was sent, and not by what is left of it: a JWT is often longer than any credential of ours.
    private static bool IsOfAnotherForm(StringValues values)
    {
        var isBearer = false;
        foreach (var value in values)
        {
            if (IsBearer(value))
            {
                if (SecretText.HasFormOfOurs(TokenOf(value)))
                {
                    return false;
                }

                isBearer = true;
            }
        }

        return isBearer;
    }

    private static ReadOnlySpan<char> TokenOf(string? value) => value.AsSpan(BearerScheme.Length).Trim(' ');

    // The word alone is a bearer too: one without a token.
    private static bool IsBearer(string? value) => value?.StartsWith(BearerScheme, StringComparison.OrdinalIgnoreCase) == true
        && (value.Length == BearerScheme.Length || value[BearerScheme.Length] == ' ');

    private static string? Bounded(string? value) => value is { Length: > LongestCredential } ? "" : value;

    private static string Bounded(ReadOnlySpan<char> value) => value.Length > LongestCredential ? "" : value.ToString();
}
