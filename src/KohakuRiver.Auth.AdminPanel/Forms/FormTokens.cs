using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using KohakuRiver.Auth.AdminPanel.Components;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// What a form sends along to show that the panel made it for this browser: the time, a nonce, and an HMAC of both. The key is the session
/// secret; for people who are not logged in, or by a sign-in of the host, it is a random cookie that other sites cannot send (double
/// submit). No key ring, nothing stored. Another nonce on each page keeps the token from being guessed through compression.
/// </summary>
internal static class FormTokens
{
    internal const string Field = "form_token";

    private const int TimeLength = 8;
    private const int NonceLength = 16;
    private const int HeadLength = TimeLength + NonceLength;
    private const int Length = HeadLength + HMACSHA256.HashSizeInBytes;

    private static readonly byte[] Purpose = Encoding.ASCII.GetBytes("KohakuRiver.Auth.AdminPanel form v1:");

    /// <summary>A token for the page being made. Gives the browser its cookie where it needs one.</summary>
    internal static string Create(HttpContext http, bool loggedIn, TimeProvider clock)
    {
        var key = loggedIn ? SessionSecret(http) ?? ExternalKey(http, AnonymousKey(http))! : AnonymousKey(http);
        Span<byte> token = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(token, Instants.ToMicroseconds(clock.GetInstant()));
        RandomNumberGenerator.Fill(token.Slice(TimeLength, NonceLength));
        Sign(key, token[..HeadLength], token[HeadLength..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Whether the token was made for this browser; if so, its nonce and when it was made.</summary>
    internal static bool TryVerify(HttpContext http, bool loggedIn, string? sent, out string nonce, out DateTimeOffset issuedAt)
    {
        nonce = "";
        issuedAt = default;
        var cookie = PanelCookies.Read(http, PanelCookies.Form);
        var key = loggedIn ? SessionSecret(http) ?? ExternalKey(http, cookie) : cookie;
        Span<byte> token = stackalloc byte[Length];
        if (string.IsNullOrEmpty(key)
            || sent is null
            || sent.Length != Base64Url.GetEncodedLength(Length)
            || Base64Url.DecodeFromChars(sent, token, out _, out var written) != OperationStatus.Done
            || written != Length)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Sign(key, token[..HeadLength], expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, token[HeadLength..]))
        {
            return false;
        }

        // Whoever knows their own key can sign any time: it comes from outside like the rest.
        if (!Instants.TryFromMicroseconds(BinaryPrimitives.ReadInt64BigEndian(token), out issuedAt))
        {
            return false;
        }

        nonce = Base64Url.EncodeToString(token[TimeLength..HeadLength]);
        return true;
    }

    // The one the actor was found by: next to it the browser may send others.
    private static string? SessionSecret(HttpContext http) => http.Features.Get<RequestActor>()?.Cookie;

    // A sign-in of the host has no secret that the panel knows: the cookie of those who are not logged in, bound to the identity.
    private static string? ExternalKey(HttpContext http, string? cookie) =>
        string.IsNullOrEmpty(cookie) ? null : $"{cookie}|{http.Features.Get<RequestActor>()?.Actor.CredentialName}";

    private static string AnonymousKey(HttpContext http)
    {
        if (PanelCookies.Read(http, PanelCookies.Form) is { Length: > 20 and < 100 } known)
        {
            return known;
        }

        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        PanelCookies.Write(http, PanelCookies.Form, key, lifetime: null);
        return key;
    }

    private static void Sign(string key, ReadOnlySpan<byte> head, Span<byte> mac)
    {
        Span<byte> message = stackalloc byte[Purpose.Length + HeadLength];
        Purpose.CopyTo(message);
        head.CopyTo(message[Purpose.Length..]);
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), message, mac);
    }
}
