using FestivalOps.Demo.SamplePlatform.Data;

namespace FestivalOps.Demo.SamplePlatform;

/// <summary>How the sample platform is set up.</summary>
internal sealed record SamplePlatformOptions
{
    /// <summary>Whether PostgreSQL survives a crash of the machine. Default: on; tests switch it off for speed.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>How many rows the database gets.</summary>
    public SampleDataSize Data { get; init; } = new();

    /// <summary>Redis' maxmemory in bytes, as a production server has one. Default: 64 MiB.</summary>
    public long RedisMaxMemoryBytes { get; init; } = 64L << 20;

    /// <summary>Days until nginx' certificate expires. Default: 90.</summary>
    public double CertificateDaysLeft { get; init; } = 90;

    /// <summary>Whether Prometheus and node_exporter are started where they are installed. Default: on.</summary>
    public bool WithPrometheus { get; init; } = true;

    /// <summary>The clock of the sample data and of the application.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
