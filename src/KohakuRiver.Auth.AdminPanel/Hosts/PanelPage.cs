using KohakuRiver.Auth.AdminPanel.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// The frame of the panel around a page of the host: header, navigation, colours and language. The outermost element of a component that
/// <see cref="AdminPanelOptions.AddPage{TPage}"/> names; elsewhere it cannot be rendered.
/// </summary>
public sealed class PanelPage : ComponentBase
{
    /// <summary>The title of the page, in the tab and in the list of visited pages.</summary>
    [Parameter]
    [EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>The page. Its first heading is an <c>h1</c>.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenComponent<PanelLayout>(0);
        builder.AddComponentParameter(1, nameof(PanelLayout.Title), Title);
        builder.AddComponentParameter(2, nameof(PanelLayout.ChildContent), ChildContent);
        builder.CloseComponent();
    }
}
