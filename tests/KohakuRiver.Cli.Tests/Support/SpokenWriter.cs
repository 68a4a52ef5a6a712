using System.Text;

namespace KohakuRiver.Cli.Tests.Support;

/// <summary>Output one can wait for.</summary>
internal sealed class SpokenWriter : TextWriter
{
    private readonly StringBuilder text = new();
    private readonly SemaphoreSlim written = new(0);

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>All that was written so far.</summary>
    internal string Text
    {
        get
        {
            lock (text)
            {
                return text.ToString();
            }
        }
    }

    public override void Write(char value) => Write(value.ToString());

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void Write(string? value)
    {
        lock (text)
        {
            text.Append(value);
        }

        written.Release();
    }

    /// <summary>Waits until this was written.</summary>
    internal async Task UntilAsync(string wanted, CancellationToken cancellationToken)
    {
        while (!Contains(wanted))
        {
            await written.WaitAsync(cancellationToken);
        }
    }

    protected override void Dispose(bool disposing)
    {
        written.Dispose();
        base.Dispose(disposing);
    }

    private bool Contains(string wanted)
    {
        lock (text)
        {
            return text.ToString().Contains(wanted, StringComparison.Ordinal);
        }
    }
}
