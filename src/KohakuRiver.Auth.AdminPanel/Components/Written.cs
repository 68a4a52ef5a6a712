using System.ComponentModel;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace KohakuRiver.Auth.AdminPanel.Components;

/// <summary>
/// What somebody wrote, wherever a page shows it: apart from the direction of the text around it, with marks for what cannot be seen
/// (<see cref="VisibleText"/>). In attributes and titles, which hold no elements, <see cref="PanelComponent.Plain"/> does the same.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Written : PanelComponent
{
    private const char FirstRightToLeft = '\u0590';
    private const string LineBreak = "\u27E8U+000A\u27E9";
    private const string Tab = "\u27E8U+0009\u27E9";
    private const string Bracket = "\u27E8U+27E8\u27E9";

    /// <summary>The text; null shows as nothing.</summary>
    [Parameter]
    [EditorRequired]
    public string? Text { get; set; }

    /// <summary>What sort of text it is.</summary>
    [Parameter]
    public TextKind Kind { get; set; }

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        // Where nothing can run from right to left there is nothing to keep apart.
        var runsLeft = Text?.Any(c => c >= FirstRightToLeft) == true;
        if (runsLeft)
        {
            builder.OpenElement(0, "bdi");
        }

        foreach (var (text, isMark) in VisibleText.Split(Text, Kind))
        {
            if (!isMark)
            {
                builder.AddContent(1, text);
                continue;
            }

            builder.OpenElement(2, "span");
            builder.AddAttribute(3, "class", "mark");
            builder.AddAttribute(4, "title", T[Meaning(text)]);
            builder.AddContent(5, text);
            builder.CloseElement();
            if (text == LineBreak && Kind == TextKind.Code)
            {
                // An argument of several lines is read line by line; the mark still says what ends them.
                builder.AddContent(6, "\n");
            }
        }

        if (runsLeft)
        {
            builder.CloseElement();
        }
    }

    private static string Meaning(string mark) => mark switch
    {
        LineBreak => "A line break",
        Tab => "A tab",
        Bracket => "A bracket of the text itself; marks begin with one",
        _ => "A character that cannot be seen, or that hides or turns what is next to it",
    };
}
