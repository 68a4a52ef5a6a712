using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// Where texts come from: the host's resources, then the panel's own. For its own it does not ask the host's
/// <see cref="IStringLocalizerFactory"/>: that may have been replaced with one that reads files of its own and has never heard of the
/// panel.
/// </summary>
internal sealed class PanelLocalizer
{
    private const int MostForeign = 200;

    private readonly OwnTexts own = new();
    private readonly ConcurrentDictionary<string, bool> foreign = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<IStringLocalizer> hosts;
    private readonly IReadOnlyList<IStringLocalizer> all;

    public PanelLocalizer(IOptions<AdminPanelOptions> options, IServiceProvider services)
    {
        var types = options.Value.Texts;
        if (types.Count > 0 && services.GetService<IStringLocalizerFactory>() is null)
        {
            throw new InvalidOperationException(
                $"AdminPanelOptions.AddTexts<{types[0].Name}>() needs a localizer: call builder.Services.AddLocalization() too.");
        }

        hosts = [.. types.Select(t => services.GetRequiredService<IStringLocalizerFactory>().Create(t))];
        all = [.. hosts, own];
    }

    // The keys are the English texts: looking for a translation would be in vain for each of them.
    internal PanelTexts In(string language) => new(
        language.Split('-')[0].Equals("en", StringComparison.OrdinalIgnoreCase) ? hosts : all, CultureOf(language), MayAsk);

    // A refusal of the host may hold what somebody typed, and localizers remember each text that they did not find.
    private bool MayAsk(string text) =>
        own.Has(CultureOf(PanelLanguages.Complete[^1]), text)
            || foreign.ContainsKey(text)
            || (foreign.Count < MostForeign && foreign.TryAdd(text, true));

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
