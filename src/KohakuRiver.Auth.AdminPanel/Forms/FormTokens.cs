using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// What a form sends along to show that the panel made it for this browser: the time, a nonce, for whom, and two HMACs. The key of the
/// last, over all the rest, is the session secret; for people who are not logged in, or by a sign-in of the host, it is
/// <see cref="BrowserKey"/> (double submit). It alone lets a form change something. The key of the other is <see cref="BrowserKey"/>
/// always: it still tells once the session is over that the form was this browser's and whose, so that what was typed can be shown to them
/// again. No key ring, nothing stored. Another nonce on each page keeps the token from being guessed through compression.
/// </summary>
internal static class FormTokens
{
    internal const string Field = "form_token";

    private const int TimeLength = 8;
    private const int NonceLength = 16;
    private const int HeadLength = TimeLength + NonceLength + sizeof(long);
    private const int MacLength = HMACSHA256.HashSizeInBytes;
    private const int BrowserMacLength = 16;
    private const int SignedLength = HeadLength + BrowserMacLength;
    private const int Length = SignedLength + MacLength;

    private static readonly byte[] Purpose = Encoding.ASCII.GetBytes("KohakuRiver.Auth.AdminPanel form v2:");
    private static readonly byte[] BrowserPurpose = Encoding.ASCII.GetBytes("KohakuRiver.Auth.AdminPanel form of a browser v2:");

    /// <summary>A token for the page being made. Gives the browser its cookie where it has none.</summary>
    internal static string Create(HttpContext http, Actor actor, TimeProvider clock)
    {
        var browser = BrowserKey.Get(http);
        var key = actor.IsAuthenticated ? SessionSecret(http) ?? ExternalKey(http, browser)! : browser;
        Span<byte> token = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(token, Instants.ToMicroseconds(clock.GetInstant()));
        RandomNumberGenerator.Fill(token.Slice(TimeLength, NonceLength));
        BinaryPrimitives.WriteInt64BigEndian(token[(TimeLength + NonceLength)..], actor.Id ?? 0);
        Sign(BrowserPurpose, browser, token[..HeadLength], token[HeadLength..SignedLength]);
        Sign(Purpose, key, token[..SignedLength], token[SignedLength..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>What the token says, if it was made for this browser and for whoever is logged in now; otherwise null.</summary>
    internal static FormToken? Verify(HttpContext http, bool loggedIn, string? sent)
    {
        var cookie = PanelCookies.Read(http, PanelCookies.Form);
        var key = loggedIn ? SessionSecret(http) ?? ExternalKey(http, cookie) : cookie;
        Span<byte> token = stackalloc byte[Length];
        return TryDecode(sent, token) && Fits(Purpose, key, token[..SignedLength], token[SignedLength..])
            ? Read(token[..HeadLength])
            : null;
    }

    /// <summary>
    /// What the token says, if it was made for this browser and somebody who was logged in, whether they still are or not; otherwise null.
    /// Nothing may be changed because of it.
    /// </summary>
    internal static FormToken? Recognize(HttpContext http, string? sent)
    {
        Span<byte> token = stackalloc byte[Length];
        return TryDecode(sent, token)
            && Fits(BrowserPurpose, PanelCookies.Read(http, PanelCookies.Form), token[..HeadLength], token[HeadLength..SignedLength])
            && Read(token[..HeadLength]) is { User: > 0 } known
            ? known
            : null;
    }

    private static bool TryDecode(string? sent, Span<byte> token) =>
        sent is not null
        && sent.Length == Base64Url.GetEncodedLength(Length)
        && Base64Url.DecodeFromChars(sent, token, out _, out var written) == OperationStatus.Done
        && written == Length;

    // Whoever knows their own key can sign any time: it comes from outside like the rest.
    private static FormToken? Read(ReadOnlySpan<byte> head) =>
        Instants.TryFromMicroseconds(BinaryPrimitives.ReadInt64BigEndian(head), out var issuedAt)
            ? new FormToken(
                Base64Url.EncodeToString(head.Slice(TimeLength, NonceLength)),
                issuedAt,
                BinaryPrimitives.ReadInt64BigEndian(head[(TimeLength + NonceLength)..]))
            : null;

    // The one the actor was found by: next to it the browser may send others.
    private static string? SessionSecret(HttpContext http) => http.Features.Get<RequestActor>()?.Cookie;

    // A sign-in of the host has no secret that the panel knows: the cookie of those who are not logged in, bound to the identity.
    private static string? ExternalKey(HttpContext http, string? cookie) =>
        string.IsNullOrEmpty(cookie) ? null : $"{cookie}|{http.Features.Get<RequestActor>()?.Actor.CredentialName}";

    private static bool Fits(byte[] purpose, string? key, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> mac)
    {
        if (string.IsNullOrEmpty(key))
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[MacLength];
        Sign(purpose, key, signed, expected);
        return CryptographicOperations.FixedTimeEquals(expected[..mac.Length], mac);
    }

    // As much of the HMAC as there is room for.
    private static void Sign(byte[] purpose, string key, ReadOnlySpan<byte> signed, Span<byte> mac)
    {
        Span<byte> message = stackalloc byte[128];
        purpose.CopyTo(message);
        signed.CopyTo(message[purpose.Length..]);
        Span<byte> whole = stackalloc byte[MacLength];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), message[..(purpose.Length + signed.Length)], whole);
        whole[..mac.Length].CopyTo(mac);
    }
}
