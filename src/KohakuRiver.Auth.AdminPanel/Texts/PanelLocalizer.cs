using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// Where texts come from: the host's resources, then the panel's own. For its own it does not ask the host's
/// <see cref="IStringLocalizerFactory"/>: that may have been replaced with one that reads files of its own and has never heard of the
/// panel.
/// </summary>
internal sealed class PanelLocalizer
{
    private readonly IReadOnlyList<IStringLocalizer> hosts;
    private readonly IReadOnlyList<IStringLocalizer> all;

    public PanelLocalizer(IOptions<AdminPanelOptions> options, IServiceProvider services, ILoggerFactory logs)
    {
        var own = new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), logs);
        var types = options.Value.Texts;
        if (types.Count > 0 && services.GetService<IStringLocalizerFactory>() is null)
        {
            throw new InvalidOperationException(
                $"AdminPanelOptions.AddTexts<{types[0].Name}>() needs a localizer: call builder.Services.AddLocalization() too.");
        }

        hosts = [.. types.Select(t => services.GetRequiredService<IStringLocalizerFactory>().Create(t))];
        all = [.. hosts, own.Create(typeof(PanelTexts))];
    }

    // The keys are the English texts: looking for a translation would be in vain for each of them.
    internal PanelTexts In(string language) =>
        new(language.Split('-')[0].Equals("en", StringComparison.OrdinalIgnoreCase) ? hosts : all, CultureOf(language));

    // Without the data of ICU a process knows no cultures and speaks English.
    private static CultureInfo CultureOf(string language)
    {
        try
        {
            return CultureInfo.GetCultureInfo(language);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.InvariantCulture;
        }
    }
}
