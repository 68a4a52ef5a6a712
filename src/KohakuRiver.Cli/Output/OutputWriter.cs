using Spectre.Console;
using Spectre.Console.Rendering;

namespace KohakuRiver.Cli;

/// <summary>
/// Shows results: for people as tables and lines, for programs as one value and nothing else on standard output. Everything else goes to
/// standard error.
/// </summary>
internal sealed class OutputWriter
{
    // Wide enough that nothing wraps in a pipe.
    private const int Unbounded = 100_000;

    // Faster operations show no progress.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(900);
    private readonly ITerminal terminal;
    private readonly TimeProvider clock;
    private readonly bool? colourWish;
    private bool isWorking;
    private bool isWatching;
    private string? lastSeen;
    private StringWriter? page;

    /// <param name="terminal">Where it writes.</param>
    /// <param name="clock">The clock for what takes long.</param>
    /// <param name="format">How results are printed.</param>
    /// <param name="colourWish">As <see cref="Colours.Wanted"/> says.</param>
    internal OutputWriter(ITerminal terminal, TimeProvider clock, ResultFormat format, bool? colourWish)
    {
        this.clock = clock;
        this.terminal = terminal;
        this.colourWish = colourWish;
        Format = format;
    }

    /// <summary>How results are printed.</summary>
    internal ResultFormat Format { get; }

    /// <summary>Whether results are for programs: JSON, or what is made from it.</summary>
    internal bool IsData => Format.IsData;

    /// <summary>Whether errors are JSON, too.</summary>
    internal bool HasJsonErrors { get; init; }

    /// <summary>Whether there are results, warnings and errors only.</summary>
    internal bool IsQuiet { get; init; }

    /// <summary>Whether somebody is to see that something takes long.</summary>
    internal bool ShowsProgress => terminal.ErrorIsTerminal && colourWish != false && !IsData && !IsQuiet;

    /// <summary>How lists are shown.</summary>
    internal ListView View { get; init; } = new(IsWide: false, Columns: null);

    /// <summary>What to say after the next list; null for nothing.</summary>
    internal string? AfterList { get; set; }

    /// <summary>Whether what is written has colours.</summary>
    internal bool HasColour(bool isError) => colourWish ?? (isError ? terminal.ErrorIsTerminal : terminal.OutIsTerminal);

    /// <summary>A result that is a value: JSON, or what <paramref name="forPeople"/> writes.</summary>
    internal void Value<T>(T value, Action forPeople)
    {
        if (IsData)
        {
            Json(value);
        }
        else
        {
            forPeople();
        }
    }

    internal void Json<T>(T value)
    {
        var isLine = isWatching;
        var text = TextOf(value, isLine);
        if (isLine && text == lastSeen)
        {
            return;
        }

        lastSeen = text;
        terminal.Out.Write(terminal.OutIsTerminal && Format is not { Form: OutputForm.Json, Jq: null, Template: null }
            ? SafeText.Lines(text.ReplaceLineEndings("\n"))
            : text);
        terminal.Out.Flush();
    }

    /// <summary>One JSON value on one line, for results that come one after another.</summary>
    internal void JsonLine<T>(T value)
    {
        terminal.Out.Write(TextOf(value, isLine: true));
        terminal.Out.Flush();
    }

    /// <summary>An error, as a line or, with <c>--json</c>, as an object on a line.</summary>
    internal void Fault(CliException fault) => ErrorReport.Write(terminal.Error, fault, HasJsonErrors);

    /// <summary>A completed action: <c>{"message", "id", "name"}</c>.</summary>
    internal void Done(string message, object? id = null, string? name = null) =>
        Value(new DoneResult(message, id, name), () => Say(message));

    /// <summary>A sentence about what was done, for those who want to hear it.</summary>
    internal void Say(string text)
    {
        if (!IsQuiet)
        {
            Line(text);
        }
    }

    /// <summary>A line of a result.</summary>
    internal void Line(string text) => terminal.Out.WriteLine(SafeText.Line(text));

    /// <summary>A line that contains a command.</summary>
    internal void CodeLine(string text) => terminal.Out.WriteLine(SafeText.Code(text));

    /// <summary>Additional information that is not a result.</summary>
    internal void Note(string text)
    {
        if (!IsQuiet)
        {
            ErrorReport.Say(page ?? terminal.Error, SafeText.Line(text));
        }
    }

    internal void Warn(string text) => ErrorReport.Say(terminal.Error, "warning: " + SafeText.Line(text));

    /// <summary>A list; as JSON a bare array.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="none">The message for an empty list.</param>
    /// <param name="columns">The columns of each row.</param>
    internal void List<T>(IReadOnlyList<T> rows, string none, params IReadOnlyList<Column<T>> columns)
    {
        if (IsData)
        {
            Json(rows);
        }
        else if (rows.Count == 0)
        {
            Note(none);
        }
        else
        {
            ShowPages(() => Table(rows, View.Choose(columns)));
        }

        if (AfterList is { } note)
        {
            Note(note);
        }
    }

    /// <summary>Rows that a question is about: a table on standard error, in whatever form the result will be.</summary>
    internal void Preview<T>(IReadOnlyList<T> rows, params IReadOnlyList<Column<T>> columns)
    {
        using var text = new StringWriter();
        page = text;
        Table(rows, columns);
        page = null;
        terminal.Error.Write(text);
    }

    /// <summary>One look of several: what it shows takes the place of the last one on a terminal.</summary>
    internal async Task LookAsync(Func<Task> look)
    {
        isWatching = true;
        if (IsData)
        {
            await look();
            return;
        }

        using var text = new StringWriter();
        (page, AfterList, isWorking) = (text, null, true);
        try
        {
            await look();
        }
        finally
        {
            page = null;
        }

        var isFirst = lastSeen is null;
        lastSeen = text.ToString();
        WatchedScreen.Draw(terminal, lastSeen, clock.GetUtcNow(), isFirst);
    }

    /// <summary>Rows as a table; on a narrow terminal, field by field.</summary>
    internal void Table<T>(IReadOnlyList<T> rows, params IReadOnlyList<Column<T>> columns)
    {
        List<List<string>> CellsOf(IReadOnlyList<Column<T>> some) =>
            [.. rows.Select(row => some.Select(c => Shown(c.Value(row), c.IsCode)).ToList())];
        var fitting = terminal.OutIsTerminal
            ? View.Fit(rows, columns, clock.GetUtcNow(), some => ColumnWidths.Least(some, CellsOf(some)) <= terminal.Width)
            : columns;
        columns = fitting ?? columns;
        var cells = CellsOf(columns);
        if (fitting is null)
        {
            foreach (var (row, index) in cells.Select((row, index) => (row, index)))
            {
                if (index > 0)
                {
                    Target.WriteLine();
                }

                WriteFields([.. row.Select((value, column) => (columns[column].Title, value))]);
            }

            return;
        }

        var table = new Table { Border = TableBorder.None };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(ColumnWidths.Heading(column), new Style(decoration: Decoration.Bold)))
            {
                Alignment = column.IsNumber ? Justify.Right : Justify.Left,
                Padding = new Padding(0, 0, ColumnWidths.Gap, 0),
                NoWrap = !column.Folds || !terminal.OutIsTerminal || View.IsWide,
            });
        }

        foreach (var row in cells)
        {
            table.AddRow(row.Select((value, index) => new Text(value, columns[index].IsState ? Colours.OfState(value) : Style.Plain)));
        }

        Write(table, View.IsWide);
    }

    // The names are for the heading of a list that is empty.
    private string TextOf<T>(T value, bool isLine) => Format.Write(
        ApiJson.Text(value, isLine), View.Columns, Format.Form == OutputForm.Csv ? ApiJson.FieldsOf<T>() : [], isLine);

    private TextWriter Target => page ?? terminal.Out;

    // What is longer than the terminal goes to a pager, if there is one.
    private void ShowPages(Action write)
    {
        if (!terminal.OutIsTerminal || page is not null)
        {
            write();
            return;
        }

        using var whole = new StringWriter();
        page = whole;
        write();
        page = null;
        var text = whole.ToString();
        if (text.AsSpan().Count('\n') < terminal.Height || !terminal.Page(text))
        {
            terminal.Out.Write(text);
        }
    }

    /// <summary>One item, one line per field; fields without a value are omitted.</summary>
    internal void Fields(params IReadOnlyList<Field> fields) =>
        WriteFields([.. fields.Select(f => (SafeText.Line(f.Name), Shown(f.Value, f.IsCode)))]);

    private static string Shown(string? text, bool isCode) => isCode ? SafeText.Code(text) : SafeText.Line(text);

    private void WriteFields(List<(string Name, string Value)> fields)
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0), NoWrap = !terminal.OutIsTerminal });
        foreach (var (name, value) in fields.Where(f => f.Value.Length > 0))
        {
            grid.AddRow(new Text(name, new Style(decoration: Decoration.Bold)), new Text(value));
        }

        Write(grid);
    }

    /// <summary>Shows progress while <paramref name="work"/> runs; only on a terminal. What it waits for inside is part of it.</summary>
    internal async Task<T> WhileAsync<T>(string what, Func<Action<string>, Task<T>> work)
    {
        if (!ShowsProgress || isWorking)
        {
            return await work(_ => { });
        }

        isWorking = true;
        try
        {
            var latest = what;
            var working = work(text => latest = text);
            if (await Task.WhenAny(working, Task.Delay(Patience, clock)) != working)
            {
                await Spinner.SpinAsync(ConsoleOn(terminal.Error, isError: true), clock, working, () => latest);
            }

            return await working;
        }
        finally
        {
            isWorking = false;
        }
    }

    // Spectre pads cells with blanks to the edge, which are unwanted in a pipe or a copied line.
    private void Write(IRenderable content, bool isUnbounded = false)
    {
        using var buffer = new StringWriter();
        var console = ConsoleOn(buffer, isError: false);
        console.Profile.Width = terminal.OutIsTerminal && !isUnbounded ? terminal.Width : Unbounded;
        if (HasColour(isError: false))
        {
            console.Write(content);
        }
        else
        {
            // Where it has no sequences to write, it sets the colours of the real console.
            buffer.Write(string.Concat(content.GetSegments(console).Where(s => !s.IsControlCode).Select(s => s.Text)));
        }

        foreach (var line in buffer.ToString().Split('\n').Select(l => l.TrimEnd(' ', '\r')).Where(l => l.Length > 0))
        {
            Target.WriteLine(line);
        }
    }

    private IAnsiConsole ConsoleOn(TextWriter writer, bool isError)
    {
        var ansi = HasColour(isError);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = ansi ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = ansi ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = ansi ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
