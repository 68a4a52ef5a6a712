using System.Text;

namespace KohakuRiver.Cli;

/// <summary>Bytes of UTF-8 on their way to a terminal, where invisible characters become marks (<see cref="SafeText.Lines"/>).</summary>
internal sealed class VisibleStream(TextWriter terminal) : Stream
{
    private const char ByteOrderMark = '\uFEFF';
    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private bool isFirst = true;
    private string held = "";

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var chars = new char[decoder.GetCharCount(buffer, flush: false)];
        decoder.GetChars(buffer, chars, flush: false);
        Show(held + new string(chars));
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush() => terminal.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            terminal.Write(SafeText.Lines(held));
            held = "";
            terminal.Flush();
        }

        base.Dispose(disposing);
    }

    // Whether the last character is half of a line break is only known with the next one.
    private void Show(string text)
    {
        if (text.Length > 0 && isFirst)
        {
            text = text[0] == ByteOrderMark ? text[1..] : text;
            isFirst = false;
        }

        held = text.EndsWith('\r') ? "\r" : "";
        terminal.Write(SafeText.Lines(text[..^held.Length]));
    }
}
