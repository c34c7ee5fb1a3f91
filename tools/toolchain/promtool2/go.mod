module vigia/tools/promtool2

go 1.26.5

require github.com/prometheus/prometheus v0.55.1

replace k8s.io/klog => github.com/simonpasquier/klog-gokit v0.3.0

replace k8s.io/klog/v2 => github.com/simonpasquier/klog-gokit/v3 v3.5.0
