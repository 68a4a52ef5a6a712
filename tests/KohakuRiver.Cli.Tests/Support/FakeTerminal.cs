using System.Text;

namespace KohakuRiver.Cli.Tests.Support;

/// <summary>A terminal of strings.</summary>
internal sealed class FakeTerminal : ITerminal
{
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();
    private readonly MemoryStream bytes = new();

    /// <summary>Where results go instead; they are not in <see cref="Output"/> then.</summary>
    internal TextWriter? OutOverride { get; init; }

    public TextWriter Out => OutOverride ?? output;

    public TextWriter Error => error;

    public bool CanAsk { get; init; }

    public bool OutIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    public int Width { get; init; } = 100;

    public int Height { get; init; } = int.MaxValue;

    /// <summary>What is typed, line by line; null at its end.</summary>
    internal Queue<string> Typed { get; init; } = [];

    internal string Output => output.ToString() + Encoding.UTF8.GetString(bytes.ToArray());

    internal string Errors => error.ToString();

    public string? ReadLine(string? prompt = null)
    {
        error.Write(prompt);
        return Typed.TryDequeue(out var line) ? line : null;
    }

    public string? ReadSecret(string prompt) => ReadLine(prompt);

    public Stream OpenOut() => bytes;

    public bool Page(string text) => false;

    public IDisposable? WhenOutCloses(Action callback) => null;
}
