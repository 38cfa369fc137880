using FestivalOps.Demo.SamplePlatform.Local;

namespace FestivalOps.Demo.SamplePlatform.Servers;

/// <summary>How an <see cref="NginxServer"/> is set up.</summary>
internal sealed record NginxOptions
{
    /// <summary>The web application behind it.</summary>
    public required Uri Application { get; init; }

    /// <summary>Days until its self-signed certificate expires; negative: it has expired. Default: 90.</summary>
    public double CertificateDaysLeft { get; init; } = 90;
}

/// <summary>
/// An nginx of this machine's packages as a reverse proxy on 127.0.0.1, over http (<see cref="LocalServer.Port"/>) and https,
/// with the platform's access log format.
/// </summary>
internal sealed class NginxServer : LocalServer
{
    private static readonly HttpClient Probe = new();
    private readonly string program;
    private readonly NginxOptions options;
    private readonly Account? account = Account.ForServer("www-data");

    private NginxServer(string program, NginxOptions options) : base("nginx")
    {
        this.program = program;
        this.options = options;
    }

    /// <summary>The port for https on 127.0.0.1.</summary>
    public int HttpsPort { get; } = FreePort.Take();

    /// <summary>Its http address.</summary>
    public Uri Address => new(FormattableString.Invariant($"http://127.0.0.1:{Port}"));

    /// <summary>Its https address; the certificate names localhost and 127.0.0.1 and is signed by itself.</summary>
    public Uri HttpsAddress => new(FormattableString.Invariant($"https://127.0.0.1:{HttpsPort}"));

    /// <summary>The access log: combined, and the X-Forwarded-For header in quotes at the end.</summary>
    public string AccessLog => Path.Combine(Folder, "access.log");

    /// <summary>The error log.</summary>
    public string ErrorLog => Path.Combine(Folder, "error.log");

    /// <summary>The certificate that it shows, as PEM.</summary>
    public string CertificateFile => Path.Combine(Folder, "certificate.pem");

    /// <inheritdoc />
    protected override ServerCommand Command => new(program, ["-p", Folder, "-c", ConfigurationFile, "-e", ErrorLog], Folder, account);

    private string ConfigurationFile => Path.Combine(Folder, "nginx.conf");

    /// <summary>Whether nginx is installed; if not, <paramref name="reason"/> is a sentence for people.</summary>
    public static bool IsAvailable(out string reason)
    {
        reason = Programs.Find("nginx") is null ? "nginx is not installed: sudo apt-get install -y nginx" : "";
        return reason.Length == 0;
    }

    /// <summary>Starts nginx and returns when it answers; the application behind it need not.</summary>
    /// <exception cref="InvalidOperationException">nginx is not installed, or did not start.</exception>
    public static Task<NginxServer> StartAsync(NginxOptions options, CancellationToken cancellationToken = default)
    {
        if (!IsAvailable(out var reason)) throw new InvalidOperationException(reason);
        var server = new NginxServer(Programs.Find("nginx")!, options);
        return StartNewAsync(server, () => server.ConfigureAsync(options.CertificateDaysLeft, cancellationToken), cancellationToken);
    }

    /// <summary>Shows a new certificate from now on; nginx is away for a moment.</summary>
    public async Task ReplaceCertificateAsync(double daysLeft, CancellationToken cancellationToken = default)
    {
        await StopAsync();
        await ConfigureAsync(daysLeft, cancellationToken);
        await StartAgainAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Probe.GetAsync(new Uri(Address, "/nginx_status"), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task ConfigureAsync(double daysLeft, CancellationToken cancellationToken)
    {
        using var certificate = SelfSignedCertificate.Create(daysLeft, TimeProvider.System);
        await File.WriteAllTextAsync(CertificateFile, certificate.ExportCertificatePem(), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Folder, "key.pem"), SelfSignedCertificate.KeyPem(certificate), cancellationToken);
        await File.WriteAllTextAsync(ConfigurationFile, NginxConfiguration.Write(Port, HttpsPort, options.Application), cancellationToken);
        await RunFolder.GiveAsync(Folder, account, cancellationToken);
    }
}
