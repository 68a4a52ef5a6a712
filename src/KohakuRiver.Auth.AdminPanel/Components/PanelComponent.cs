using System.ComponentModel;
using Microsoft.AspNetCore.Components;

namespace KohakuRiver.Auth.AdminPanel.Components;

/// <summary>What all components of the panel have. They are rendered by the panel itself and are of no use to a host.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class PanelComponent : ComponentBase
{
    /// <summary>The request.</summary>
    [CascadingParameter]
    internal PanelContext Panel { get; set; } = null!;

    /// <summary>What the panel says, in the language of the request; the keys are the English texts.</summary>
    internal PanelTexts T => Panel.Texts;

    /// <summary>What the page shows; the page knows its type.</summary>
    [CascadingParameter(Name = "Model")]
    internal object? PageModel { get; set; }

    /// <summary>
    /// What somebody wrote, for places that hold no elements: attributes, titles, options. Elsewhere <see cref="Written"/> shows it.
    /// </summary>
    internal static string Plain(string? text) => VisibleText.Show(text);

    internal T Model<T>() => (T)PageModel!;
}
