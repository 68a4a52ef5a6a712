namespace KohakuRiver.Auth.Passwords;

/// <summary>bcrypt's own base 64: another alphabet than everybody's, and no padding.</summary>
internal static class BCryptBase64
{
    private const string Alphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    internal static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new char[((bytes.Length * 8) + 5) / 6];
        int bits = 0, held = 0, at = 0;
        foreach (var b in bytes)
        {
            held = ((held << 8) | b) & 0xFFFF;
            for (bits += 8; bits >= 6; bits -= 6)
            {
                text[at++] = Alphabet[(held >> (bits - 6)) & 63];
            }
        }

        if (bits > 0)
        {
            text[at] = Alphabet[(held << (6 - bits)) & 63];
        }

        return new string(text);
    }

    /// <summary>Fills <paramref name="bytes"/>; bits of the last character beyond them are ignored, as old hashes have stray ones.</summary>
    /// <exception cref="FormatException">A character of another alphabet, or too few of them.</exception>
    internal static void Decode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        int bits = 0, held = 0, at = 0;
        foreach (var c in text)
        {
            var value = Alphabet.IndexOf(c, StringComparison.Ordinal);
            held = ((held << 6) | (value >= 0 ? value : throw new FormatException("Not bcrypt's base 64."))) & 0xFFFF;
            bits += 6;
            if (bits >= 8 && at < bytes.Length)
            {
                bits -= 8;
                bytes[at++] = (byte)(held >> bits);
            }
        }

        if (at < bytes.Length)
        {
            throw new FormatException("Too short.");
        }
    }
}
