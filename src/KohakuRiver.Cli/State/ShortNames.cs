namespace KohakuRiver.Cli;

/// <summary>Short names for hosts, such as <c>prod</c>. They look like no address that people write.</summary>
internal static class ShortNames
{
    private const int Longest = 32;

    /// <summary>Whether a text can be one.</summary>
    internal static bool IsOne(string text) => text.Length is > 0 and <= Longest && char.IsAsciiLetter(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && !text.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>The name. Throws a usage error for a text that cannot be one.</summary>
    internal static string Checked(string text) => IsOne(text)
        ? text
        : throw CliException.Usage(
            $"--name takes up to {Longest} letters, digits, - and _, beginning with a letter, and not localhost; not '{text}'.");

    /// <summary>The address of the host that a text names; null where it is no short name of the state file.</summary>
    internal static HostAddress? Find(string text, StateFile state)
    {
        if (!IsOne(text) || !state.HasPlace)
        {
            return null;
        }

        try
        {
            return state.Read().HostNamed(text) is { } address ? HostAddress.Parse(address) : null;
        }
        catch (CliException)
        {
            // Whoever brings host and token along needs no file, and so none that can be read.
            return null;
        }
    }
}
