using System.Text;

namespace KohakuRiver.Auth.Import;

/// <summary>Reads <c>old=new</c>, from the command line and from files. The new name has no <c>=</c>, an old one may.</summary>
internal sealed class Renames
{
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);

    /// <summary>Old name → new name.</summary>
    internal IReadOnlyDictionary<string, string> Names => names;

    /// <summary>Why the text cannot be used; null when it was taken.</summary>
    internal string? Add(string text)
    {
        var split = text.LastIndexOf('=');
        if (split < 1)
        {
            return $"\"{text}\" is not old=new, for instance me@example.org=me.";
        }

        var (old, wish) = (text[..split], text[(split + 1)..].Trim());
        return FieldRules.Username(wish) is { } invalid ? $"The new name in \"{text}\" is not valid: {invalid}"
            : names.TryAdd(old, wish) || names[old] == wish ? null
            : $"Two new names are specified for \"{old}\": {names[old]} and {wish}.";
    }

    /// <summary>The same for each line of a file in UTF-8; empty lines and lines that begin with <c>#</c> are skipped.</summary>
    internal string? AddFile(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return $"The file of new names cannot be read: {e.Message}";
        }

        for (var i = 0; i < lines.Length; i++)
        {
            if (!string.IsNullOrWhiteSpace(lines[i]) && lines[i][0] != '#' && Add(lines[i]) is { } fault)
            {
                return $"{path}, line {i + 1}: {fault}";
            }
        }

        return null;
    }
}
