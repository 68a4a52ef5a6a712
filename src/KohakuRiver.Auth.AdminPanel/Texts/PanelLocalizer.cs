using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// The panel's own resources. Not the host's <see cref="IStringLocalizerFactory"/>: a host may have replaced it with one that reads files of
/// its own and has never heard of the panel.
/// </summary>
internal sealed class PanelLocalizer
{
    private readonly IStringLocalizer own;

    public PanelLocalizer(ILoggerFactory logs) =>
        own = new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), logs).Create(typeof(PanelTexts));

    internal PanelTexts Texts => new(own);
}
