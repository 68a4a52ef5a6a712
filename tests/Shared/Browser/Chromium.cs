using Microsoft.Playwright;

namespace KohakuRiver.Tests.Browser;

/// <summary>The system's Chromium, started once for all tests that share it. Missing: skipped, or a failure where nothing may be
/// missing.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        // Five seconds are few where another project is being tested at the same time.
        Assertions.SetDefaultExpectTimeout(20_000);
        if (Places.FirstOrDefault(File.Exists) is not { } path)
        {
            return;
        }

        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
            Timeout = 120_000,
        });
    }

    internal async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions? options = null)
    {
        if (browser is null)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("KOHAKU_REQUIRE_ALL") == "1", "Chromium is not installed.");
            throw new InvalidOperationException("Chromium is not installed, and KOHAKU_REQUIRE_ALL=1 says nothing may be missing.");
        }

        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(60_000);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }
}
