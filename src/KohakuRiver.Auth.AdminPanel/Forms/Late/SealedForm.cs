using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// A form that the browser carries through a page in between, in one hidden field: encrypted and authenticated with a key that comes from
/// <see cref="BrowserKey"/>, so that nobody else can read it or make one, and nothing is stored. A form that is opened again is no
/// permission: whoever carries it out checks token and rights as ever.
/// </summary>
/// <param name="User">Whose it is.</param>
/// <param name="Action">Where it was sent, without the panel's prefix.</param>
/// <param name="Token">The token it was sent with.</param>
/// <param name="Values">Its fields.</param>
internal sealed record SealedForm(long User, string Action, FormToken Token, SentForm Values)
{
    /// <summary>Far above what people type, and with room for the rest of the form around it.</summary>
    private const int MostBytes = 36 * 1024;

    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(5);

    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int KeyLength = 32;

    /// <summary>A sealed form that was not used for so long is not opened any more.</summary>
    internal static TimeSpan LifetimeOf(SealPurpose purpose) =>
        purpose == SealPurpose.Return ? TimeSpan.FromHours(24) : TimeSpan.FromMinutes(15);

    /// <summary>The text of the hidden field; null for more than a form can carry.</summary>
    internal string? Seal(HttpContext http, SealPurpose purpose, DateTimeOffset now)
    {
        var plain = Write(now);
        if (plain.Length > MostBytes)
        {
            return null;
        }

        var whole = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(whole.AsSpan(0, NonceLength));
        using var cipher = new AesGcm(KeyOf(BrowserKey.Get(http), purpose), TagLength);
        cipher.Encrypt(
            whole.AsSpan(0, NonceLength), plain, whole.AsSpan(NonceLength + TagLength), whole.AsSpan(NonceLength, TagLength));
        return Base64Url.EncodeToString(whole);
    }

    /// <summary>The form, if it was sealed for this browser and purpose and not too long ago; otherwise null.</summary>
    internal static SealedForm? Open(HttpContext http, SealPurpose purpose, string? text, DateTimeOffset now)
    {
        if (text is not { Length: > 0 } || BrowserKey.Find(http) is not { } key || !Base64Url.IsValid(text, out var length)
            || length <= NonceLength + TagLength)
        {
            return null;
        }

        var whole = Base64Url.DecodeFromChars(text);
        var plain = new byte[length - NonceLength - TagLength];
        using var cipher = new AesGcm(KeyOf(key, purpose), TagLength);
        try
        {
            cipher.Decrypt(
                whole.AsSpan(0, NonceLength), whole.AsSpan(NonceLength + TagLength), whole.AsSpan(NonceLength, TagLength), plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        var (at, form) = Read(plain);
        return at - now < MostSkew && now - at < LifetimeOf(purpose) ? form : null;
    }

    private static byte[] KeyOf(string browser, SealPurpose purpose) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        Encoding.UTF8.GetBytes(browser),
        KeyLength,
        info: Encoding.ASCII.GetBytes($"KohakuRiver.Auth.AdminPanel sealed form v1: {purpose}"));

    private byte[] Write(DateTimeOffset now)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Instants.ToMicroseconds(now));
        writer.Write(User);
        writer.Write(Action);
        writer.Write(Token.Nonce);
        writer.Write(Instants.ToMicroseconds(Token.IssuedAt));
        writer.Write(Values.Values.Count);
        foreach (var (name, values) in Values.Values)
        {
            writer.Write(name);
            writer.Write(values.Count);
            foreach (var value in values)
            {
                writer.Write(value ?? "");
            }
        }

        writer.Flush();
        return bytes.ToArray();
    }

    // What is read here was authenticated, so it is what Write has written.
    private static (DateTimeOffset At, SealedForm Form) Read(byte[] plain)
    {
        using var reader = new BinaryReader(new MemoryStream(plain));
        var at = Instant(reader);
        var user = reader.ReadInt64();
        var action = reader.ReadString();
        var token = new FormToken(reader.ReadString(), Instant(reader), user);
        var values = new Dictionary<string, Microsoft.Extensions.Primitives.StringValues>(StringComparer.Ordinal);
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var name = reader.ReadString();
            var several = new string[reader.ReadInt32()];
            for (var i = 0; i < several.Length; i++)
            {
                several[i] = reader.ReadString();
            }

            values[name] = several;
        }

        return (at, new SealedForm(user, action, token, SentForm.Of(values)));
    }

    private static DateTimeOffset Instant(BinaryReader reader) =>
        Instants.TryFromMicroseconds(reader.ReadInt64(), out var instant) ? instant : DateTimeOffset.MinValue;
}
