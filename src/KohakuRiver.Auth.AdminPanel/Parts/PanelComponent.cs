using System.ComponentModel;
using KohakuRiver.Auth.AdminPanel.Http;
using Microsoft.AspNetCore.Components;

namespace KohakuRiver.Auth.AdminPanel.Parts;

/// <summary>What all components of the panel have. They are rendered by the panel itself and are of no use to a host.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class PanelComponent : ComponentBase
{
    /// <summary>The request.</summary>
    [CascadingParameter]
    internal PanelContext Panel { get; set; } = null!;

    /// <summary>What the page shows; the page knows its type.</summary>
    [CascadingParameter(Name = "Model")]
    internal object? PageModel { get; set; }

    internal T Model<T>() => (T)PageModel!;
}
