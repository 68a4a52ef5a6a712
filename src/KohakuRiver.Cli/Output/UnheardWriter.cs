using System.Text;

namespace KohakuRiver.Cli;

/// <summary>Standard error, which may be closed: what nobody can hear is no reason to fail.</summary>
internal sealed class UnheardWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    public override void Flush() => Try(inner.Flush);

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // There is nowhere to say so.
        }
    }
}
