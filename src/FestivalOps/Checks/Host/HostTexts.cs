using FestivalOps.Language;

namespace FestivalOps.Checks.Host;

/// <summary>What the host checks say.</summary>
internal static class HostTexts
{
    public static readonly LocalizedText NeedsLinux = new(
        "この OS ではホストの計測ができません。Checks:Host:Source を Prometheus にしてください",
        "this system's figures can't be read; set Checks:Host:Source to Prometheus");

    public static readonly LocalizedText NoPrometheus = new(
        "Platform:Prometheus に Prometheus の URL を設定してください", "set Platform:Prometheus to the address of Prometheus");

    public static readonly LocalizedText NoCpuFigure = new("CPU の値を取得できませんでした", "the processor's figures could not be read");
    public static readonly LocalizedText NoMemoryFigure = new("メモリの値を取得できませんでした", "the memory's figures could not be read");
    public static readonly LocalizedText NoDiskFigure = new("計測できるディスクが見つかりません", "no disk was found to measure");
    public static readonly LocalizedText PrometheusAway = new("Prometheus に接続できません", "Prometheus can't be reached");
    public static readonly LocalizedText Source = new("計測元", "Source");
    public static readonly LocalizedText MeanOver = new("平均した時間", "Mean of the last");
    public static readonly LocalizedText Total = new("合計", "Total");
    public static readonly LocalizedText Available = new("空き", "Available");
    public static readonly LocalizedText Cores = new("コア数", "Cores");
    public static readonly LocalizedText OneMinute = new("1 分平均", "One-minute load");
    public static readonly LocalizedText FiveMinutes = new("5 分平均", "Five-minute load");

    public static LocalizedText NoSeries(string series) =>
        new($"Prometheus に {series} がありません", $"Prometheus has no {series}");
}
